"""Where customers' answers come in: one module a source, payload to draft."""
