// Stored articles as the API returns them: as receipts, and as rows of the list.

import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import type { ArticleListing, ArticleRecord } from "../article/sql.ts";
import { documentPath, documentsOf, termsOf } from "../feeds/catalogue.ts";
import type { Instant } from "../lib/time.ts";
import { statusAt, statusOf } from "../publish/commit.ts";
import type { ArticleReceipt, ArticleSummary } from "./answers.ts";

/** An article's status and version, its address, and the feeds that it is in. */
export function receiptOf(record: ArticleRecord, site: Site, now: Instant): ArticleReceipt {
  const { article, version, origin } = record;
  const status = statusOf(record, now);
  const documents = status === "published" ? documentsOf(termsOf(article).map(({ term }) => term)) : [];
  return {
    slug: article.slug,
    id: article.id,
    version,
    status,
    home: origin.home,
    url: article.url ?? site.url + articlePath(article.slug),
    feeds: documents.map((key) => site.url + documentPath(key)),
  };
}

/** A row of the list of articles. */
export function summaryOf(listing: ArticleListing, site: Site, now: Instant): ArticleSummary {
  const { slug, id, version, digest, headline, published, expires, withdrawnAt, url, problem } = listing;
  const { home, gitVersion, sentAt, sentBy, folderDigest } = listing;
  return {
    slug,
    id,
    version,
    status: statusAt(now, published, expires ?? undefined, withdrawnAt ?? undefined),
    url: url ?? site.url + articlePath(slug),
    headline,
    published,
    digest,
    problem,
    home,
    gitVersion,
    sentAt,
    sentBy,
    folderDigest,
  };
}
