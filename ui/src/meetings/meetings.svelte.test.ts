import { describe, expect, it } from 'vitest';
import { AppState } from '$lib/app/app.svelte';
import type { Agenda, Backend, Meeting, MeetingRow } from '$lib/backend/backend';
import { fakeBackend, later } from '$lib/backend/fixtures/fake';
import { timed, toRow } from '$lib/backend/fixtures/build';
import { ORDINARY } from '$lib/backend/fixtures/meetings';
import { scene } from '$lib/backend/fixtures/scenes';

const rows = ORDINARY.map((meeting) => toRow(meeting, true));
const far = toRow(timed('2026-06-01', '10:00', '11:00', 'Far away'), true);
const { snapshot } = scene('meetings');

async function started(answers: Partial<Backend> = {}): Promise<AppState> {
  const app = new AppState(
    fakeBackend({ start: () => Promise.resolve({ snapshot, agenda: { rows }, to: '2026-03-26' }), ...answers }),
    'en-GB',
  );
  await app.start();
  return app;
}

describe('MeetingsState', () => {
  it('selects the running meeting', async () => {
    const { meetings } = await started();
    expect(meetings.selectedRow?.subject).toBe('Supplier review: Nordwind');
  });

  it('reads the rest of the days once, and the selected meeting whole, after the first frame', async () => {
    const asked: unknown[] = [];
    const soon = rows.filter((row) => row.start < '2026-03-14');
    const { meetings } = await started({
      start: () => Promise.resolve({ snapshot, agenda: { rows: soon }, to: '2026-03-13' }),
      agenda: (q) => {
        asked.push(q);
        return Promise.resolve({ rows });
      },
      meeting: ({ id }) => {
        asked.push(id);
        return Promise.reject<Meeting>(new Error('gone'));
      },
    });
    expect(asked).toEqual([]);
    const selected = meetings.selected;
    await meetings.complete();
    expect(asked).toEqual([meetings.selectedRow?.id, { from: '2026-03-11', to: '2026-03-26' }]);
    expect([meetings.rows, meetings.near, meetings.selected]).toEqual([rows, rows, selected]);
  });

  it('leaves the list where the user has gone meanwhile, and still knows what is near', async () => {
    const { meetings } = await started({
      start: () => Promise.resolve({ snapshot, agenda: { rows: [] }, to: '2026-03-13' }),
      agenda: ({ from }) => Promise.resolve({ rows: from > '2026-05' ? [far] : rows }),
    });
    await meetings.goTo('2026-06-01');
    await meetings.complete();
    expect([meetings.rows, meetings.near]).toEqual([[far], rows]);
  });

  it('stops at the first and the last line', async () => {
    const { meetings } = await started();
    meetings.move(-99);
    expect(meetings.selected).toBe(meetings.lines[0]?.key);
    meetings.move(99);
    expect(meetings.selected).toBe(meetings.lines.at(-1)?.key);
  });

  it('keeps the answer of the last search, whichever comes first', async () => {
    const slow = later<MeetingRow[]>();
    const quick = later<MeetingRow[]>();
    const { meetings } = await started({ searchMeetings: ({ text }) => (text === 'a' ? slow : quick).promise });
    const first = meetings.search('a');
    const second = meetings.search('ab');
    quick.resolve([far]);
    slow.resolve(rows);
    await Promise.all([first, second]);
    expect(meetings.results).toEqual([far]);
  });

  it('joins today’s meeting and counts down to it while another month is shown', async () => {
    const { meetings } = await started({
      agenda: ({ from }) => Promise.resolve({ rows: from > '2026-05' ? [far] : rows }),
    });
    await meetings.goTo('2026-06-01');
    expect(meetings.rows).toEqual([far]);
    expect(meetings.joinTarget?.subject).toBe('Supplier review: Nordwind');
    expect(meetings.days.flatMap((day) => day.entries).map((entry) => entry.phase)).toEqual(['later']);
  });

  it('does not load what it has', async () => {
    const asked: string[] = [];
    const { meetings } = await started({
      agenda: ({ from }) => {
        asked.push(from);
        return Promise.resolve({ rows });
      },
    });
    await meetings.goTo('2026-03-20');
    expect(asked).toEqual([]);
  });

  it('takes longer steps over empty weeks, and ends', async () => {
    const { meetings } = await started({ agenda: () => Promise.resolve({ rows }) });
    let steps = 0;
    while (meetings.extendable && steps < 50) {
      await meetings.extend('later');
      steps += 1;
    }
    expect(steps).toBeLessThan(8);
    expect(meetings.range.to > '2027-04-01').toBe(true);
  });

  it('keeps the answer of the last reading, whichever comes first', async () => {
    const answers = [later<Agenda>(), later<Agenda>()];
    const waiting = [...answers];
    const { meetings } = await started({ agenda: () => waiting.shift()?.promise ?? Promise.resolve({ rows }) });
    const [before, after] = [meetings.refresh(), meetings.refresh()];
    answers[1]?.resolve({ rows });
    answers[0]?.resolve({ rows: [] });
    await Promise.all([before, after]);
    expect(meetings.rows).toEqual(rows);
  });

  it('reads later days although something changes meanwhile', async () => {
    const asked: string[] = [];
    const { meetings } = await started({
      agenda: ({ to }) => {
        asked.push(to);
        return Promise.resolve({ rows });
      },
    });
    await Promise.all([meetings.extend('later'), meetings.refresh()]);
    expect([asked, meetings.range.to]).toEqual([['2026-04-09', '2026-04-09'], '2026-04-09']);
  });

  it('shows nothing of the account before, however late it comes', async () => {
    const answer = later<Agenda>();
    const { meetings } = await started({ agenda: () => answer.promise });
    const reading = meetings.refresh();
    meetings.clear();
    answer.resolve({ rows });
    await reading;
    expect([meetings.rows, meetings.near]).toEqual([[], []]);
  });

  it('keeps what is shown when the cache cannot be read, and says so', async () => {
    const app = await started({ agenda: () => Promise.reject<Agenda>(new Error('disk')) });
    await app.meetings.refresh();
    expect(app.meetings.rows).toEqual(rows);
    expect(app.failure?.code).toBe('internal');
  });

  it('keeps the detail of the selected meeting, whichever answer comes first', async () => {
    const answers = new Map<string, ReturnType<typeof later<Meeting>>>();
    const answer = (id: string) => {
      const known = answers.get(id) ?? later<Meeting>();
      answers.set(id, known);
      return known;
    };
    const { meetings } = await started({ meeting: ({ id }) => answer(id).promise });
    const before = meetings.selectedRow?.id ?? '';
    meetings.move(1);
    const after = meetings.selectedRow?.id ?? '';
    const meeting = (id: string) => ORDINARY.find((one) => one.id === id) as Meeting;
    answer(after).resolve(meeting(after));
    await answer(after).promise;
    answer(before).resolve(meeting(before));
    await answer(before).promise;
    await Promise.resolve();
    expect([before === after, meetings.detail?.id]).toEqual([false, after]);
  });
});
