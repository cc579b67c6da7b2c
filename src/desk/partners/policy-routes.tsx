// The pages on which a policy is written, tried and saved.

import type { Hono } from "hono";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import type { Problem } from "../../lib/problem.ts";
import { check } from "../../lib/problem.ts";
import { t } from "../../lib/translate.ts";
import { otherId, storePolicy } from "../../partners/acts.ts";
import { checkPolicy, POLICY_BYTES_LIMIT, policySchema } from "../../partners/policy.ts";
import { type PartnerRecord, partnerById } from "../../partners/sql.ts";
import { tryPolicy } from "../../partners/trial.ts";
import type { Desk, DeskContext } from "../desk.ts";
import type { Person } from "../stories/sql.ts";
import { listStories } from "../stories/sql-list.ts";
import { explainChoice } from "./chosen.ts";
import { NO_PARTNER } from "./parts.tsx";
import { groupsOf, inputOf, type Typed, typedOf } from "./policy-form.ts";
import { type Draft, PolicyForm, ReadOnlyPolicy, TrialPage } from "./policy-page.tsx";

const STORIES_LIMIT = 100;
const OUTDATED = t(
  "Somebody has changed this policy meanwhile, so yours was not saved. What is stored now stands beside. Try yours again to see what it would change of that.",
);
const GITS = t(
  "This policy’s home is git by now, so it was not saved. Change its file, and run npx wireroom publish.",
);

/** Adds /desk/new-partner and /desk/partners/:id/policy. */
export function addPolicyPages(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forEditor, Message, seeOther } = desk;
  const { env, site } = runtime;
  const groups = groupsOf(site);

  pages.get("/new-partner", (c) =>
    forEditor(c, (person) => {
      const draft: Draft = { typed: EMPTY, base: "", problems: [] };
      return page(c, 200, <PolicyForm {...{ site, person, groups, draft }} stored={undefined} />);
    }),
  );
  pages.post("/new-partner", limit(POLICY_BYTES_LIMIT), (c) =>
    forEditor(c, async (person) => {
      const sent = await read(c);
      const id = sent.typed.id?.[0]?.trim() ?? "";
      return answer(c, person, id, sent, undefined);
    }),
  );

  pages.get("/partners/:id/policy", (c) =>
    withPartner(c, async (person, { policy, digest, home }) => {
      if (home === "git") return page(c, 200, <ReadOnlyPolicy {...{ site, person }} stored={policy} />);
      const draft: Draft = { typed: typedOf(policy), base: digest, problems: [] };
      return page(c, 200, <PolicyForm {...{ site, person, groups, draft }} stored={policy} />);
    }),
  );
  pages.post("/partners/:id/policy", limit(POLICY_BYTES_LIMIT), (c) =>
    withPartner(c, async (person, stored) => {
      if (stored.home === "git")
        return page(c, 409, <ReadOnlyPolicy {...{ site, person }} stored={stored.policy} />);
      return answer(c, person, stored.policy.id, await read(c), stored);
    }),
  );

  function withPartner(
    c: DeskContext,
    then: (person: Person, stored: PartnerRecord) => Promise<Response>,
  ): Promise<Response> {
    return forEditor(c, async (person) => {
      const stored = await partnerById(env.DB, c.req.param("id") ?? "");
      if (stored) return then(person, stored);
      return page(c, 404, <Message {...NO_PARTNER} />);
    });
  }

  /** Does what the button says: back to the form, a trial, or saving what was tried. */
  async function answer(
    c: DeskContext,
    person: Person,
    id: string,
    { typed, base, act, chosen }: Sent,
    stored: PartnerRecord | undefined,
  ): Promise<Response> {
    const input = inputOf(typed, groups);
    const form = (status: number, problems: readonly Problem[], notice?: string, current = base) => {
      const draft: Draft = { typed, base: current, problems };
      return page(
        c,
        status,
        <PolicyForm {...{ site, person, groups, draft, notice }} stored={stored?.policy} />,
      );
    };
    if (act === "edit") return form(200, []);

    const policy = checkPolicy(input, site);
    const problems = [...(policy.ok ? [] : policy.problems), ...otherId(input, id)];
    if (!policy.ok || problems.length > 0) return form(422, problems);
    if (act === "save") {
      const expected = base === "" ? null : base;
      const outcome = await storePolicy(runtime, id, input, { home: "desk", by: person.name, expected });
      switch (outcome.kind) {
        case "stored":
          return seeOther(`/desk/partners/${id}`);
        case "invalid":
          return form(422, outcome.problems);
        case "elsewhere":
          return form(409, [], GITS);
        case "removed":
          return page(
            c,
            409,
            <Message title={t("Not saved")} text={t("Somebody has removed this partner.")} />,
          );
        case "outdated":
          return stored === undefined ? form(409, [TAKEN]) : form(409, [], OUTDATED, stored.digest);
      }
    }
    if (stored === undefined && (await partnerById(env.DB, id))) return form(422, [TAKEN]);
    const at = now();
    const tried = await tryPolicy(runtime, policy.value, at);
    const explanation = await explainChoice(runtime, tried, choiceOf(chosen), at);
    const stories = await listStories(env.DB, { name: person.name, now: now() }, STORIES_LIMIT);
    return page(
      c,
      200,
      <TrialPage
        {...{ site, person, trial: tried.trial, policy: policy.value, stored: stored?.policy, now: at }}
        draft={{ typed, base, problems: [] }}
        choices={{ stories, chosen, explanation: explanation ?? null }}
      />,
    );
  }
}

const TAKEN: Problem = { path: "id", message: t("is another partner’s: choose a different one") };

/** A form as it was sent. */
interface Sent {
  readonly typed: Typed;
  readonly base: string;
  readonly act: string;
  readonly chosen: string;
}

const OTHERS: ReadonlySet<string> = new Set(["base", "act", "with"]);

async function read({ req }: DeskContext): Promise<Sent> {
  const form = await req.parseBody({ all: true });
  const texts = Object.entries(form).map(([name, value]) => {
    const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
    return [name, values] as const;
  });
  const one = (name: string) => texts.find(([other]) => other === name)?.[1][0] ?? "";
  return {
    typed: Object.fromEntries(texts.filter(([name]) => !OTHERS.has(name))),
    base: one("base"),
    act: one("act"),
    chosen: one("with"),
  };
}

const choiceOf = (chosen: string) => {
  const [kind, ...rest] = chosen.split(":");
  const name = rest.join(":");
  return kind === "story" ? { story: name } : kind === "article" ? { article: name } : {};
};

/** The fields of a new partner, with what the schema puts where nothing is said. */
const EMPTY: Typed = (() => {
  const blank = check(policySchema, { id: "new", name: "New", profile: "rss" });
  return blank.ok ? { ...typedOf(blank.value), id: [], name: [] } : {};
})();
