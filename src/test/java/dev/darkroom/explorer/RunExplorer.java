package dev.darkroom.explorer;

/** {@code make explore}. */
final class RunExplorer {

    private RunExplorer() {}

    /** Reads {@code EXECUTIONS} from the environment. */
    public static void main(String[] arguments) {
        System.out.print(Report.of(Scenario.all(), number(System.getenv().getOrDefault("EXECUTIONS", "1000000"))));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            System.err.println("explore: EXECUTIONS must be a number, not " + text);
            System.exit(1);
            return 0;
        }
    }
}
