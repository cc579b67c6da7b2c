// Players, their pages for people, and which hosts they are of.

import { describe, expect, it } from "vitest";
import { isPlayerOf, normalizePlayer, playerFor, watchPage } from "../../src/article/player.ts";

const PLAYER = "https://www.youtube-nocookie.com/embed/abcdefghijk";
const PAGE = "https://www.youtube.com/watch?v=abcdefghijk";

describe("a player's page", () => {
  it.each([
    [PLAYER, PAGE],
    ["https://www.youtube.com/embed/abcdefghijk?start=90&rel=0", `${PAGE}&t=90s`],
    ["http://www.youtube.com/v/abcdefghijk", PAGE],
    ["https://youtu.be/abcdefghijk?t=1m30s", `${PAGE}&t=90s`],
    ["https://www.youtube.com/embed/videoseries?list=PL12", "https://www.youtube.com/playlist?list=PL12"],
    ["https://player.vimeo.com/video/76979871?h=8272103f6e", "https://vimeo.com/76979871/8272103f6e"],
    ["https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b", "https://soundcloud.com/a/b"],
    ["https://www.dailymotion.com/embed/video/x8abc", "https://www.dailymotion.com/video/x8abc"],
    [
      "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F1%2F",
      "https://www.facebook.com/a/videos/1/",
    ],
    ["https://www.instagram.com/p/CxYz/embed/captioned/", "https://www.instagram.com/p/CxYz/"],
    ["https://platform.twitter.com/embed/Tweet.html?id=12", "https://twitter.com/i/status/12"],
    ["https://flo.uri.sh/visualisation/123/embed", "https://public.flourish.studio/visualisation/123/"],
    ["https://codepen.io/ida/embed/abc?default-tab=html", "https://codepen.io/ida/pen/abc"],
    ["https://player.twitch.tv/?channel=harbour&parent=a", "https://www.twitch.tv/harbour"],
  ])("of %s is %s", (player, page) => {
    expect(watchPage(player)).toBe(page);
  });

  it.each([
    "https://other.example/embed/1",
    "https://www.youtube.com/",
    "https://www.youtube.com/feed/subscriptions",
    "https://w.soundcloud.com/player/?url=https%3A//evil.example/",
    "https://www.facebook.com/plugins/video.php?href=javascript:alert(1)",
    "/relative",
  ])("isn't known of %s", (address) => {
    expect(watchPage(address)).toBeUndefined();
  });
});

it.each([
  ["https://www.youtube.com/watch?v=abcdefghijk&list=PL12&index=2", `${PLAYER}?list=PL12`],
  ["https://vimeo.com/channels/staffpicks/76979871", "https://player.vimeo.com/video/76979871"],
  ["https://other.example/watch?v=abcdefghijk", undefined],
  ["https://www.youtube.com/@harbour", undefined],
])("the player for %s is %s", (page, player) => {
  expect(playerFor(page)).toBe(player);
});

it.each([
  ["https://www.youtube.com/embed/abcdefghijk?rel=0", `${PLAYER}?rel=0`],
  ["http://youtube.com/embed/abcdefghijk?autoplay=1&mute=1", `${PLAYER}?mute=1`],
  ["https://player.vimeo.com/video/1?autoplay=1&dnt=1", "https://player.vimeo.com/video/1?dnt=1"],
  ["https://other.example/?auto_play=true&a=b%20c", "https://other.example/?a=b+c"],
  ["https://other.example/?a=b%20c", "https://other.example/?a=b%20c"],
])("%s stands in an article as %s", (written, settled) => {
  expect(normalizePlayer(written)).toBe(settled);
  expect(normalizePlayer(settled)).toBe(settled);
});

it("YouTube's two hosts are one, and nothing else is", () => {
  expect(isPlayerOf(PLAYER, ["www.youtube.com"])).toBe(true);
  expect(isPlayerOf(PLAYER, ["www.youtube-nocookie.com"])).toBe(true);
  expect(isPlayerOf(PLAYER, ["player.vimeo.com"])).toBe(false);
  expect(isPlayerOf(PLAYER.replace("https", "http"), ["www.youtube-nocookie.com"])).toBe(false);
  expect(isPlayerOf("https://www.youtube.com.evil.example/embed/1", ["www.youtube.com"])).toBe(false);
});
