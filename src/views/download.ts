/** Offers a file to the reader of a page. */
export function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads it after the click has been dealt with
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
