package dev.darkroom.faults;

import dev.darkroom.local.provider.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A permanent fault of one generation, and how such a generation has to end. */
record LastingFault(Fault fault, End end) {

    /** How the generation has to end. */
    enum End {
        /** It completes with its images, by another way. */
        COMPLETED,
        /** It fails, and its failure gives the reason. */
        FAILED,
        /** It completes or fails, because the answer may be understood: an image inside it goes to the bucket. */
        EITHER
    }

    static final List<LastingFault> ALL = Stream.of(
                    ending(
                            End.FAILED,
                            Fault.TOO_MANY_REQUESTS,
                            Fault.SERVER_ERROR,
                            Fault.RESULT_500,
                            Fault.RESULT_503,
                            Fault.RESULT_429,
                            Fault.RESULT_404,
                            Fault.RESULT_HTML_404,
                            Fault.RESULT_302,
                            Fault.RESULT_MALFORMED,
                            Fault.RESULT_70K_HEADERS,
                            Fault.RESULT_DRIP,
                            Fault.RESULT_DRIP_HEADERS,
                            Fault.RESULT_HANG,
                            Fault.RESULT_RESET,
                            Fault.RESULT_OTHER_ID,
                            Fault.UNKNOWN_STATUS,
                            Fault.NO_OUTPUTS),
                    ending(
                            End.COMPLETED,
                            Fault.ACCEPT_THEN_302,
                            Fault.ACCEPT_THEN_GZIP,
                            Fault.ACCEPT_THEN_WRONG_TYPE,
                            Fault.ACCEPT_THEN_9K_HEADERS,
                            Fault.ACCEPT_THEN_70K_HEADERS,
                            Fault.ACCEPT_THEN_DRIP,
                            Fault.ACCEPT_THEN_DRIP_HEADERS,
                            Fault.ACCEPT_THEN_HANG,
                            Fault.SLOW,
                            Fault.RESULT_9K_HEADERS,
                            Fault.OUTPUTS_TEXT,
                            Fault.OUTPUTS_OBJECTS),
                    ending(End.EITHER, Fault.RESULT_GZIP, Fault.RESULT_WRONG_TYPE, Fault.OUTPUTS_DATA_URI))
            .flatMap(faults -> faults)
            .toList();

    private static Stream<LastingFault> ending(End end, Fault... faults) {
        return Arrays.stream(faults).map(fault -> new LastingFault(fault, end));
    }

    /**
     * The marks that a prompt has for the simulator. Webhooks are lost too, because one would end what polls cannot.
     */
    String marks() {
        return fault.markForGood() + (end == End.COMPLETED ? "" : " [%s]".formatted(Fault.LOST_WEBHOOK.title()));
    }
}
