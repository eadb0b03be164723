import type { PolicyMessage, PolicyPage } from '$lib/backend/backend';
import { m } from '$lib/paraglide/messages.js';

/** Picks one text by the sentence's name. Which values that has, the core's own test holds against the files. */
const say = m.policy_says as unknown as (inputs: Record<string, string>) => string;

/** What the core says of the policy, in the user's language. A sentence that is newer than this window stays English. */
export function messageText({ sentence, text, values }: PolicyMessage): string {
  if (sentence === null) return text;
  const told = Object.entries(values).map(([name, value]) => [name, messageText(value)]);
  return say({ ...Object.fromEntries(told), sentence, text });
}

/** The page as JSON for people: its messages as the texts that the window shows. */
export function pageAsJson(page: PolicyPage): string {
  const said = page.problems.map((problem) => ({
    ...problem,
    message: messageText(problem.message),
    suggestion: problem.suggestion && messageText(problem.suggestion),
  }));
  return JSON.stringify({ ...page, problems: said }, null, 2);
}
