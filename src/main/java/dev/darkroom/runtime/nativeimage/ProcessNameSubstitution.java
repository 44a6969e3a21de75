package dev.darkroom.runtime.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Leaves out the name of the process. The log manager asks for it with the first record, and it is read from several
 * files. No line of the log has the name.
 */
@Substitute
@TargetClass(className = "io.smallrye.common.os.Process")
final class ProcessNameSubstitution {

    private ProcessNameSubstitution() {}

    @Substitute
    static String getProcessName() {
        return "";
    }

    @Substitute
    static long getProcessId() {
        return ProcessHandle.current().pid();
    }
}
