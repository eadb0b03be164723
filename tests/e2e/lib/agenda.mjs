// What the agenda on screen must say, given what is true at the tenant. Both count days in UTC.

import assert from "node:assert/strict";
import { span } from "./days.mjs";

/** Today's lines are the tenant's meetings of today, each with its subject and time, the first one first. */
export function checkToday(lines, truth) {
  const today = span().from;
  // Whether one that began earlier still stands under today depends on the minute; the rest doesn't.
  const begun = (meeting) => !meeting.allDay && meeting.start < today;
  const earlier = new Set(truth.filter(begun).map(({ id }) => id));
  const shown = lines.filter((line) => line.date === today && !earlier.has(line.id)).map(told);
  const onToday = (m) => (m.allDay ? m.startDate <= today && today < m.endDate : m.start.startsWith(today));
  const meetings = truth.filter(onToday);
  const expected = [...meetings.filter((m) => m.allDay), ...meetings.filter((m) => !m.allDay)].map((meeting) =>
    told({ id: meeting.id, subject: subjectOf(meeting, lines), start: startOf(meeting) }),
  );
  assert.ok(expected.length > 0, "the tenant has a meeting today");
  assert.equal(shown[0], expected[0]);
  assert.deepEqual(shown.sort(), expected.sort());
}

/** Every line, the first included, is a meeting of the tenant's with its subject and time. */
export function checkLines(lines, truth) {
  const known = new Map(truth.map((meeting) => [meeting.id, meeting]));
  assert.ok(lines.length > 0, "the list shows lines");
  for (const line of lines) {
    const meeting = known.get(line.id);
    assert.ok(meeting, `nobody at the tenant knows ${JSON.stringify(line)}`);
    assert.equal(told(line), told({ id: meeting.id, subject: subjectOf(meeting, lines), start: startOf(meeting) }));
  }
}

/** The subject that a line must have. One that is not open to everybody may be masked, any other not. */
function subjectOf(meeting, lines) {
  const masked = lines.find((line) => line.id === meeting.id)?.subject === "Private meeting";
  if (masked && ["private", "confidential"].includes(meeting.sensitivity)) return "Private meeting";
  return meeting.subject.trim() || "No subject";
}

function startOf(meeting) {
  return meeting.allDay ? null : meeting.start.slice(11, 16);
}

function told({ id, subject, start }) {
  return `${start === null ? "all day" : clock(start)} ${subject} ${id}`;
}

/** `1:05 PM` and `13:05` as `13:05`. */
function clock(text) {
  const [, hours, minutes, half] = /^(\d{1,2}):(\d{2})\s*(AM|PM)?$/.exec(text) ?? assert.fail(`"${text}" is no time`);
  const noon = half === "PM" ? 12 : 0;
  return `${String(half ? (Number(hours) % 12) + noon : Number(hours)).padStart(2, "0")}:${minutes}`;
}
