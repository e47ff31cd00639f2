import type { ComponentChildren } from 'preact';

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

export function SendIcon() {
  return (
    <Icon>
      <path d="M12 20V5M5.5 11.5 12 5l6.5 6.5" />
    </Icon>
  );
}

export function SearchIcon() {
  return (
    <Icon>
      <path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20" />
    </Icon>
  );
}

export function BellIcon() {
  return (
    <Icon>
      <path d="M12 4a5.5 5.5 0 0 0-5.5 5.5v3.4l-1.6 2.6a.8.8 0 0 0 .7 1.2h12.8a.8.8 0 0 0 .7-1.2l-1.6-2.6V9.5A5.5 5.5 0 0 0 12 4ZM10 19.5a2.2 2.2 0 0 0 4 0" />
    </Icon>
  );
}

export function BellRingingIcon() {
  return (
    <Icon>
      <path
        class="filled"
        d="M12 4a5.5 5.5 0 0 0-5.5 5.5v3.4l-1.6 2.6a.8.8 0 0 0 .7 1.2h12.8a.8.8 0 0 0 .7-1.2l-1.6-2.6V9.5A5.5 5.5 0 0 0 12 4Z"
      />
      <path d="M10 19.5a2.2 2.2 0 0 0 4 0M3.5 8a7 7 0 0 1 2-4M20.5 8a7 7 0 0 0-2-4" />
    </Icon>
  );
}

export function DownIcon() {
  return (
    <Icon>
      <path d="M12 5v14M5.5 12.5 12 19l6.5-6.5" />
    </Icon>
  );
}

export function ClearIcon() {
  return (
    <Icon>
      <path d="M5 7h14M10 7V5h4v2M7.5 7l.7 12h7.6l.7-12M10.5 11v4.5M13.5 11v4.5" />
    </Icon>
  );
}

export function PreviousIcon() {
  return (
    <Icon>
      <path d="M14.5 6 8.5 12l6 6" />
    </Icon>
  );
}

export function NextIcon() {
  return (
    <Icon>
      <path d="M9.5 6l6 6-6 6" />
    </Icon>
  );
}

export function FeedIcon() {
  return (
    <Icon>
      <path d="M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14M6 18.2h.01" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m6 6 12 12M18 6 6 18" />
    </Icon>
  );
}
