// A web address as people read it.

import type { FC } from "hono/jsx";

/**
 * The text of a link: the address without `https://` and the slash at its end, unless it is wanted `whole`. Lines break
 * behind its slashes and full stops.
 */
export const WrittenAddress: FC<{ url: string; whole?: boolean }> = ({ url, whole = false }) => {
  const parts = (whole ? url : url.replace(/^https?:\/\/|\/$/g, "")).split(/(?<=[/.])(?=[^/.])/);
  return (
    <>
      {parts.map((part, index) => (
        <>
          {index === 0 ? null : <wbr />}
          {part}
        </>
      ))}
    </>
  );
};
