// `wireroom partner token` and `secret`: what is shown of credentials, a token but once. Pure.

import type { IssuedToken, PartnerSummary, WebhookSecret } from "../../partners/answers.ts";
import { age } from "../status.ts";

/** A new token, and the line that fetches the feed with it. */
export function tokenText(id: string, { name, token, url, header }: IssuedToken): string {
  const basic = header?.startsWith("Authorization: Basic ");
  const way = basic ? `-u ${quoted(`${id}:${token}`)} ` : header === null ? "" : `-H ${quoted(header)} `;
  const open = header === null && !url.includes(token);
  return `Token  ${token}
Name   ${name}

It is shown this once: the Worker keeps its hash alone. This fetches the feed${basic ? ", the id being the user and the token the password" : open ? ", which asks for no token while access is public" : ""}:

  curl --compressed ${way}${quoted(url)}
${
  basic
    ? `
In a browser ${new URL("./?login", url).href} asks for the two, and shows the page for their engineers.
`
    : ""
}
npx wireroom partner token ${id} --revoke ${name} ends it.`;
}

/** What to do where two tokens are valid already. */
export const twoTokens = (id: string, tokens: PartnerSummary["tokens"], now: Date): string =>
  [
    `${id} has two valid tokens. Revoke one first:`,
    ...tokens.map(
      ({ name, madeAt }) =>
        `  npx wireroom partner token ${id} --revoke ${name}   (made ${age(madeAt, now)})`,
    ),
  ].join("\n");

/** What a webhook's signatures are checked with. */
export function secretText(id: string, { url, secret, previous, off }: WebhookSecret): string {
  return [
    `Webhook   ${url}`,
    `Secret    ${secret}`,
    ...(previous === null ? [] : [`Previous  ${previous} (signs too, for a while)`]),
    ...(off === null ? [] : [`Off       ${off}; on again with npx wireroom partner secret ${id} --on`]),
  ].join("\n");
}

/** A text as one word of a shell's. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
