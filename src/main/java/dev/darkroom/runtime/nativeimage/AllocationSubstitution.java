package dev.darkroom.runtime.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Keeps a thread that needs new memory from computing the sizes of the heap again: a start did so thousands of times, and
 * the result was the same. The sizes are computed by the first array for which there is no memory left, and again
 * when an option changes, and they depend on nothing else.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.ThreadLocalAllocation")
final class AllocationSubstitution {

    private AllocationSubstitution() {}

    @Substitute
    static void runSlowPathHooks() {}
}
