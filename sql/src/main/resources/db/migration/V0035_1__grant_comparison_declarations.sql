-- Analysts see since when a comparison has been declared.
grant select on ops.comparison_declaration to fpw_analyst;
