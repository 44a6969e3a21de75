package dev.darkroom.runtime.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Leaves out the name of the host. The log manager asks for it with the first record of a process, and then a name
 * server may be asked on the way of a start. No line of the log has the name.
 */
@Substitute
@TargetClass(className = "io.smallrye.common.net.HostName")
final class HostNameSubstitution {

    private static final String NONE = "";

    private HostNameSubstitution() {}

    @Substitute
    static String getHostName() {
        return NONE;
    }

    @Substitute
    static String getQualifiedHostName() {
        return NONE;
    }

    @Substitute
    static String getNodeName() {
        return NONE;
    }
}
