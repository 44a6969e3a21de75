package dev.darkroom.runtime.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Leaves out the names of all properties, with which SmallRye Config finds out where the name of an environment variable
 * has dots and where dashes. That is needed to list names; the value of a property is found without it.
 */
@TargetClass(className = "io.smallrye.config.SmallRyeConfig", innerClass = "ConfigSources")
final class EnvironmentNamesSubstitution {

    private EnvironmentNamesSubstitution() {}

    @Substitute
    static List<Map.Entry<String, Supplier<Iterator<String>>>> buildPropertiesForEnvMatching(
            SmallRyeConfigBuilder builder, List<ConfigSource> sources, List<String> profiles) {
        return List.of();
    }
}
