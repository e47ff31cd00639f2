/** Postbell's mark: a bell that is an envelope. */
export function BellMark() {
  return (
    <svg class="bell-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="bell-ground" width="32" height="32" rx="9" />
      <g class="bell">
        <path d="M16 5.5a7.3 7.3 0 0 0-7.3 7.3v4.6l-2 3.2a1.2 1.2 0 0 0 1 1.9h16.6a1.2 1.2 0 0 0 1-1.9l-2-3.2v-4.6A7.3 7.3 0 0 0 16 5.5Z" />
        <path class="bell-flap" d="m9.4 12.6 6.6 4.6 6.6-4.6" />
        <path class="bell-clapper" d="M12.9 24.2a3.2 3.2 0 0 0 6.2 0Z" />
      </g>
    </svg>
  );
}
