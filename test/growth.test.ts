import { expect, it } from "vitest";
import { expectProportional } from "./growth.ts";

const SIZE = 12_000;

it("takes what is proportional", () => {
  expectProportional((count) => "a b ".repeat(count * 100).split(" "), SIZE);
});

it("refuses what is quadratic", () => {
  const quadratic = (count: number) => {
    let sum = 0;
    for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) sum += i ^ j;
    return sum;
  };
  expect(() => expectProportional(quadratic, SIZE)).toThrow(/times as long as in 16 parts/);
});
