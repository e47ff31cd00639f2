/** What the Bot API answers with `ok: false`. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly code: number;
  readonly parameters: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };

  constructor(code: number, description: string, parameters: ApiRefusal['parameters'] = {}) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export function badRequest(description: string, parameters: ApiRefusal['parameters'] = {}): ApiRefusal {
  return new ApiRefusal(400, `Bad Request: ${description}`, parameters);
}
