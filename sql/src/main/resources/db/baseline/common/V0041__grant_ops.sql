-- What analysts may read of ops.
grant select on ops.current_release to fpw_analyst;
grant select on ops.exclusion_count to fpw_analyst;
grant select on ops.feed_account to fpw_analyst;
grant select on ops.feed_load to fpw_analyst;
grant select on ops.night to fpw_analyst;
grant select on ops.quality_result to fpw_analyst;
grant select on ops.release to fpw_analyst;
grant select on ops.release_table to fpw_analyst;
grant select on ops.release_feed to fpw_analyst;
grant select on ops.warehouse to fpw_analyst;
grant select on ops.release_withdrawn_load to fpw_analyst;
grant select on ops.acceptance to fpw_analyst;
grant select on ops.release_acceptance to fpw_analyst;
grant select on ops.queue_definition to fpw_analyst;
grant select on ops.release_queue to fpw_analyst;
grant select on ops.release_step to fpw_analyst;
grant select on ops.comparison_declaration to fpw_analyst;
