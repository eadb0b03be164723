import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppState } from '$lib/app/app.svelte';
import type { Backend, ContactPage } from '$lib/backend/backend';
import { fakeBackend, later } from '$lib/backend/fixtures/fake';
import { ContactBook } from '$lib/backend/fixtures/contacts';
import { PAGE } from './contacts.svelte';

const book = new ContactBook(5_000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function started(answers: Partial<Backend> = {}) {
  const asked: { text: string; offset: number }[] = [];
  const backend = fakeBackend({
    contacts: (q) => {
      asked.push({ text: q.text, offset: q.offset });
      return Promise.resolve(book.page(q));
    },
    letters: () => Promise.resolve(book.letters()),
    contact: ({ id }) => Promise.resolve(book.contact(id)),
    directoryPerson: ({ id }) => Promise.resolve(book.directoryPerson(id)),
    searchDirectory: ({ text }) => Promise.resolve(book.directory(text)),
    ...answers,
  });
  const app = new AppState(backend, 'en-GB');
  await app.start();
  await app.contacts.begin();
  asked.length = 0;
  return { contacts: app.contacts, asked };
}

describe('ContactsState', () => {
  it('holds one page of many', async () => {
    const { contacts } = await started();
    expect([contacts.total, contacts.pages.size]).toEqual([5_000, 1]);
  });

  it('asks for a page once', async () => {
    const { contacts, asked } = await started();
    for (const index of [PAGE * 3, PAGE * 3 + 1, PAGE * 3 + 2]) contacts.need(index);
    expect(asked).toEqual([{ text: '', offset: PAGE * 3 }]);
  });

  it('asks again for a page that failed', async () => {
    let fails = true;
    const { contacts } = await started({
      contacts: (q) => (q.offset > 0 && fails ? Promise.reject(new Error('x')) : Promise.resolve(book.page(q))),
    });
    contacts.need(PAGE);
    await vi.advanceTimersByTimeAsync(0);
    fails = false;
    contacts.need(PAGE);
    await vi.advanceTimersByTimeAsync(0);
    expect(contacts.pages.has(1)).toBe(true);
  });

  it('keeps the answer of the last keystroke, whichever comes first', async () => {
    const slow = later<ContactPage>();
    const { contacts } = await started({
      contacts: (q) => (q.text === 'm' ? slow.promise : Promise.resolve(book.page(q))),
    });
    const first = contacts.search('m');
    await contacts.search('muelas');
    slow.resolve({ total: 77, rows: [] });
    await first;
    expect(contacts.total).toBe(1);
  });

  it('shows the best and offers the rest', async () => {
    const { contacts } = await started();
    await contacts.search('a');
    expect([contacts.shown, contacts.items.filter((item) => item.kind === 'all').length]).toEqual([30, 1]);
    contacts.all = true;
    expect(contacts.shown).toBe(contacts.total);
  });

  it('selects the best answer', async () => {
    const { contacts } = await started();
    await contacts.search('muelas');
    expect(contacts.detail?.name).toBe('Pía Muelas');
  });

  it('asks the directory when the typing pauses, and once', async () => {
    const asked: string[] = [];
    const { contacts } = await started({
      searchDirectory: ({ text }) => {
        asked.push(text);
        return Promise.resolve([]);
      },
    });
    for (const text of ['m', 'mu', 'mue']) await contacts.search(text);
    expect([asked, contacts.looking]).toEqual([[], true]);
    await vi.advanceTimersByTimeAsync(300);
    expect([asked, contacts.looking]).toEqual([['mue'], false]);
  });

  it('does not trouble the directory with one letter', async () => {
    const { contacts } = await started({ searchDirectory: () => Promise.reject(new Error('asked')) });
    await contacts.search('m');
    expect(contacts.looking).toBe(false);
  });

  it('walks over headings from one’s own people to the directory’s', async () => {
    const { contacts } = await started();
    await contacts.search('thandeka');
    await vi.advanceTimersByTimeAsync(300);
    contacts.move(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(contacts.detail?.source).toBe('directory');
  });

  it('forgets everything of an account', async () => {
    const { contacts } = await started();
    await contacts.search('muelas');
    contacts.clear();
    expect([contacts.total, contacts.pages.size, contacts.detail, contacts.text, contacts.loaded]).toEqual([
      0,
      0,
      null,
      '',
      false,
    ]);
  });
});
