/** Whether a text can be a work e-mail. The server decides; this only spares a round trip to the browser. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u.test(text.trim());
}
