import { defineCollection } from "astro:content";
import { z } from "astro/zod";
import { glob } from "astro/loaders";

const words = { title: z.string(), lang: z.string(), facts: z.array(z.tuple([z.string(), z.string()])), district_name: z.string() };

const products = defineCollection({
  loader: glob({ pattern: "**/*.md", base: "./content/products" }),
  schema: ({ image }) => z.object({
    ...words, summary: z.string(), producer: z.string(), producer_name: z.string(), stars: z.number(), category: z.string(),
    category_name: z.string(), district: z.string(), related: z.array(z.object({ slug: z.string(), name: z.string() })),
    photos: z.array(z.object({ file: image(), alt: z.string() })).default([]),
  }),
});
const producers = defineCollection({
  loader: glob({ pattern: "**/*.md", base: "./content/producers" }),
  schema: z.object(words),
});

export const collections = { products, producers };
