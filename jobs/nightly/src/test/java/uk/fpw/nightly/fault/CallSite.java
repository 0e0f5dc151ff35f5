package uk.fpw.nightly.fault;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.nightly.fault.MachineCalls.Call;

/**
 * Where the product calls the operating system: the call, the kind of file or server, the library that makes it, and
 * the product's own methods, innermost first. The log, which is written from everywhere, counts as one place.
 */
public record CallSite(String call, String target, String library, List<String> methods) {

    /** The target of calls to a server. */
    public static final String DATABASE = "database";

    private static final String OWN = "uk.fpw.";

    /** This many methods distinguish places; all share the same callers further out. */
    private static final int DEPTH = 8;

    /** Methods of tests, which start the commands. */
    private static final List<String> TESTING =
            List.of("uk.fpw.nightly.acceptance.", "uk.fpw.nightly.fault.", "uk.fpw.nightly.FpwHere");

    /** The place of a call in the product, whose warehouse is in that folder. */
    public static CallSite of(Call call, String warehouse) {
        String library = "";
        List<String> methods = new ArrayList<>();
        for (StackWalker.StackFrame frame : call.frames()) {
            String name = frame.getClassName();
            if (TESTING.stream().anyMatch(name::startsWith)) {
                break;
            }
            if (name.startsWith(OWN)) {
                String method = simple(name) + "." + frame.getMethodName().replaceFirst("^lambda\\$(.*)\\$\\d+$", "$1");
                if (methods.isEmpty() || !methods.get(methods.size() - 1).equals(method)) {
                    methods.add(method);
                }
            } else if (methods.isEmpty() && library.isEmpty()) {
                library = simple(name) + "." + frame.getMethodName();
            }
        }
        if (methods.isEmpty()) {
            methods.add("thread " + Thread.currentThread().getName().replaceAll("\\d+| /.*", "#"));
        }
        String target = kind(call.target(), warehouse);
        return target.endsWith("/fpw.log")
                ? new CallSite(call.name(), target, "", List.of())
                : new CallSite(
                        call.name(), target, library, List.copyOf(methods.subList(0, Math.min(DEPTH, methods.size()))));
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replaceFirst("\\$\\$.*|\\$\\d+$", "");
    }

    /**
     * A folder of the warehouse and the kind of file in it: its name without the parts that differ between runs or
     * tables.
     */
    private static String kind(String target, String warehouse) {
        if (!target.startsWith("/")) {
            return DATABASE;
        }
        String name = target.substring(target.lastIndexOf('/') + 1);
        String path = target.startsWith(warehouse + "/") ? target.substring(warehouse.length() + 1) : "";
        String folder = path.contains("/") ? path.substring(0, path.indexOf('/')) : path.isEmpty() ? "" : ".";
        boolean isOneOfMany = name.matches(".*[.](parquet|avro|puffin|metadata[.]json|digests([.]tmp)?|html|csv|svg)");
        return folder + "/"
                + (isOneOfMany
                        ? "*" + name.replaceFirst(".*?([.]metadata)?([.][a-z]+)$", "$1$2")
                        : name.replaceAll("[0-9a-f]{8,}|\\d+", "#").replaceAll("#[-#T]*(-[0-9a-f]*#[0-9a-f]*)*", "#"));
    }

    @Override
    public String toString() {
        return call + " " + target + " by " + library + " < " + String.join(" < ", methods);
    }
}
