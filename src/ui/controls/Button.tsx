/** A plain button. `kind`: 'main' is the one filled button of a group, 'quiet' has no outline until hovered. */
import type { ComponentProps, ReactNode } from 'react';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly kind?: 'main' | 'plain' | 'quiet';
  readonly children: ReactNode;
}

export function Button({ kind = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`button button-${kind} ${className}`.trim()} {...rest} />;
}
