package uk.fpw.generator;

import java.nio.file.Path;

/**
 * The locations of the operational systems. The three databases may be one, since each has its own schema ({@code dfu},
 * {@code cases}, {@code da}).
 *
 * @param dfu digital forensics: {@code dfu.exhibit}, {@code dfu.exhibit_event}
 * @param cases case management: {@code cases.case_file}, {@code cases.case_action}
 * @param da domestic abuse: {@code da.referral}
 * @param drop folder of the case audits, one file per night: {@code case_audits_2015-12-29.csv}; and of staff in post,
 *     {@code staff_in_post.csv}
 */
public record Systems(TargetDatabase dfu, TargetDatabase cases, TargetDatabase da, Path drop) {

    /**
     * Three H2 files and the folder {@code drop} under one folder.
     *
     * @param folder created if it does not exist, such as {@code var/fenmarch-systems}
     */
    public static Systems embedded(Path folder) {
        return new Systems(h2(folder, "dfu"), h2(folder, "cases"), h2(folder, "da"), folder.resolve("drop"));
    }

    private static TargetDatabase h2(Path folder, String name) {
        String path =
                folder.toAbsolutePath().normalize().resolve(name).toString().replace('\\', '/');
        return new TargetDatabase("jdbc:h2:file:" + path, "fenmarch", null, "fpw_reader");
    }
}
