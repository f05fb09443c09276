SELECT line_id, key_no, sealed, wrapped FROM audit.reveal_line(:line, :reason);
