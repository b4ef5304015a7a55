/** Icons of the shell: 16 x 16 strokes in the colour of the text, hidden from screen readers. */
import type { ComponentChildren } from 'preact';

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const BrandIcon = () => (
  <svg class="brand-icon" viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
    <path d="M1 28 12 10l4 6 3-4 12 16z" fill="currentColor" />
    <path d="M2 5h28" stroke="currentColor" stroke-width="2.5" stroke-dasharray="4 3" />
  </svg>
);

export const ShareIcon = () => (
  <Icon>
    <path d="M6.5 9.5 10 6M7.5 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11.5 8.500M8.5 11.500l-1.2 1.200a2.8 2.8 0 0 1-4-4L4.5 7.5" />
  </Icon>
);

export const ExportIcon = () => (
  <Icon>
    <path d="M8 2.500v7M5 7l3 3 3-3M3 13h10" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1.500v1M8 13.500v1M1.5 8h1M13.5 8h1M3.4 3.400l.7.7M11.9 11.900l.7.7M3.4 12.600l.7-.7M11.9 4.100l.7-.7" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M13.5 9.500A6 6 0 0 1 6.5 2.500a6 6 0 1 0 7 7z" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M5 3.500v9l7-4.500z" fill="currentColor" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M5.5 3.500v9M10.5 3.500v9" stroke-width="2.5" />
  </Icon>
);

export const StepIcon = () => (
  <Icon>
    <path d="M4 3.500v9l6-4.500zM12 3.500v9" />
  </Icon>
);

export const SpikeIcon = () => (
  <Icon>
    <path d="M1.5 11.5h4L7.5 3l2 9.5 1.5-1h3.5" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
