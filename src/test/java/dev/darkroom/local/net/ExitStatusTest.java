package dev.darkroom.local.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | Runtime exited without providing a reason
            1   | Runtime exited with error: exit status 1
            134 | Runtime exited with error: signal: aborted
            137 | Runtime exited with error: signal: killed
            139 | Runtime exited with error: signal: segmentation fault
            143 | Runtime exited with error: signal: terminated
            255 | Runtime exited with error: exit status 255
            """)
    void anExitHasLambdasSentence(int code, String sentence) {
        assertThat(new ExitStatus(code).sentence()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({"1, exit status 1", "137, signal: killed", "143, signal: terminated"})
    void anExitHasAReason(int code, String reason) {
        assertThat(new ExitStatus(code).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"129, true", "130, true", "137, false", "143, false", "0, false"})
    void onlyTheTerminalsSignalsEndAllProcesses(int code, boolean isFromTerminal) {
        assertThat(new ExitStatus(code).isFromTerminal()).isEqualTo(isFromTerminal);
    }
}
