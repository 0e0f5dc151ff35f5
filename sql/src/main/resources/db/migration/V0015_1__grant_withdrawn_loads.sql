-- Analysts see which releases were made with a load that was withdrawn.
grant select on ops.release_withdrawn_load to fpw_analyst;
