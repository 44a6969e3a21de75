package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Base64;

/** Changes the simulated provider's data about a prediction as a fault demands. */
final class FalseContent {

    /** As base64 these are 600 KB. */
    private static final int DATA_URI_BYTES = 450_000;

    private FalseContent() {}

    /** {@code data} is the true data of the prediction, which the fault changes. */
    static void apply(Fault fault, ObjectNode data, SimulatedPrediction prediction, SimulatorAddresses addresses) {
        boolean completed = data.path("status").asText().equals("completed");
        switch (fault) {
            case RESULT_OTHER_ID -> {
                var other = new StringBuilder(prediction.id()).reverse().toString();
                data.put("id", other).put("status", "completed");
                data.putArray("outputs").add(addresses.image(other, 0));
            }
            case UNKNOWN_STATUS -> data.put("status", "in_review");
            case NO_OUTPUTS -> data.putArray("outputs");
            case OUTPUTS_TEXT -> {
                if (completed) {
                    data.put("outputs", prediction.outputs(addresses).getFirst());
                }
            }
            case OUTPUTS_OBJECTS -> {
                var outputs = data.putArray("outputs");
                if (completed) {
                    prediction
                            .outputs(addresses)
                            .forEach(output -> outputs.addObject().put("url", output));
                }
            }
            case OUTPUTS_DATA_URI -> {
                var outputs = data.putArray("outputs");
                if (completed) {
                    for (int i = 0; i < prediction.images(); i++) {
                        outputs.add(dataUri(prediction, i));
                    }
                }
            }
            default -> {
                // The other faults change how an answer is sent, or do not concern an answer.
            }
        }
    }

    /** A valid PNG: readers ignore bytes after its end. */
    private static String dataUri(SimulatedPrediction prediction, int number) {
        var png = prediction.png(number);
        var padded = Arrays.copyOf(png, Math.max(png.length, DATA_URI_BYTES));
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(padded);
    }
}
