// The catalogue in Astro: content collections, static paths, pictures by astro:assets.
import { defineConfig } from "astro/config";

export default defineConfig({ site: "https://example.org", trailingSlash: "always", cacheDir: "./.cache", devToolbar: { enabled: false } });
