DELETE FROM access.login WHERE login = :login;
