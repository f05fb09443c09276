SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :login AND rolcanlogin AND pg_has_role(oid, :role, 'MEMBER'));
