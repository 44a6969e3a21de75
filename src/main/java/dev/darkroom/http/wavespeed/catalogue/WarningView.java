package dev.darkroom.http.wavespeed.catalogue;

import dev.darkroom.core.catalogue.Notices;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What would become of a parameter of the request, if it is not what the parameter asks for. */
@RegisterForReflection
record WarningView(String field, String message) {

    static List<WarningView> of(Notices notices) {
        return notices.warnings().stream()
                .map(warning -> new WarningView(warning.field(), warning.message()))
                .toList();
    }
}
