/**
 * Puts text on the clipboard; answers whether that worked. Call it in the click itself: WebKit lets nobody copy who has
 * waited since, so text that is yet to come is handed over as its promise.
 */
export async function copyText(text: string | Promise<string>): Promise<boolean> {
  if (typeof text !== 'string') {
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
      return true;
    } catch {
      // Without a text the reason is the text's, and is thrown here.
      return copyText(await text);
    }
  }
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For webviews that refuse the asynchronous clipboard. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
