/** A link to where a claim about somebody's code comes from: the file, the issue, the paper. */
import type { ReactNode } from 'react';

interface SourceLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

export function SourceLink({ href, children }: SourceLinkProps) {
  return (
    <a className="source-link" href={href} rel="noreferrer">
      {children}
    </a>
  );
}
