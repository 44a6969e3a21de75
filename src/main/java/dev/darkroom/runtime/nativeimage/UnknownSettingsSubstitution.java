package dev.darkroom.runtime.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.NameIterator;

/**
 * Leaves out the search for settings of the framework that it does not know. It goes through several hundred names, and
 * its result is a warning.
 */
@TargetClass(className = "io.quarkus.runtime.generated.Config")
final class UnknownSettingsSubstitution {

    private UnknownSettingsSubstitution() {}

    @Substitute
    static boolean isMapped(NameIterator name) {
        return true;
    }
}
