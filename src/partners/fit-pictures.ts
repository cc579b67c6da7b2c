import type { Article } from "../model/article.ts";
import type { Workshop } from "./item.ts";
import type { Finding } from "./profile.ts";

export async function fitPictures(
  { record: { policy } }: Workshop,
  article: Article,
): Promise<{ readonly article: Article; readonly problems: readonly Finding[]; readonly passing: boolean }> {
  void policy;
  return {
    article: { ...article, images: article.images.filter((i) => i.syndicate) },
    problems: [],
    passing: false,
  };
}
