package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManPageTest {

    private static final String HELP = """
            Usage: fpw look [-h] [--force=DIR]
                            FILE
            Looks at a file, line by
            line. Changes nothing.
            'Quoted' and C:\\path stay as they are.
                  FILE          what to look at
              -h, --help        this help

            Exit codes:
              0     done

            Environment (all optional):
            .hidden
            """;

    @Test
    void pageHasTheHelpUnderTheHeadingsOfManuals() {
        assertThat(ManPage.of("fpw look", "0.1.0", HELP)).isEqualTo("""
                        .TH "FPW\\-LOOK" "1" "" "fpw 0.1.0" "Force Performance Warehouse"
                        .SH NAME
                        fpw\\-look \\- Looks at a file, line by line
                        .SH SYNOPSIS
                        .nf
                        fpw look [\\-h] [\\-\\-force=DIR]
                                        FILE
                        .fi
                        .SH DESCRIPTION
                        .nf
                        Looks at a file, line by
                        line. Changes nothing.
                        \\&'Quoted' and C:\\epath stay as they are.
                              FILE          what to look at
                          \\-h, \\-\\-help        this help

                        .fi
                        .SH "EXIT CODES"
                        .nf
                          0     done

                        .fi
                        .SH "ENVIRONMENT"
                        .nf
                        \\&.hidden
                        .fi
                        """);
    }
}
