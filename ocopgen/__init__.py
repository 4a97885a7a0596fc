"""A bilingual static catalogue of OCOP products, from YAML and Markdown entries."""

__version__ = "0.1.0"
