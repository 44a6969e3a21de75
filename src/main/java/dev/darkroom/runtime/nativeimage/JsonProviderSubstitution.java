package dev.darkroom.runtime.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import jakarta.json.spi.JsonProvider;

/** Finds the library that writes the lines of the log when the image is built, instead of searching for it at start. */
@TargetClass(JsonProvider.class)
final class JsonProviderSubstitution {

    private JsonProviderSubstitution() {}

    @Substitute
    static JsonProvider provider() {
        return AtBuildTime.PROVIDER;
    }

    /** Initialised while the native image is built; never on the JVM. */
    static final class AtBuildTime {

        static final JsonProvider PROVIDER = JsonProvider.provider();

        private AtBuildTime() {}
    }
}
