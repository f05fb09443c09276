SELECT audit.ask_reveal(:what, :id, :reason);
