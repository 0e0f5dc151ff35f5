/**
 * One line of {@code mutants.tsv}.
 *
 * @param index index of the mutated instruction in its method, as counted by pitest
 * @param mutator pitest's mutator, without its package
 * @param source the source line when the mutant was drawn
 */
record Mutant(
        String id,
        String module,
        String className,
        String method,
        String descriptor,
        int index,
        String mutator,
        int line,
        String description,
        String source) {
    static final String HEADER = "id\tmodule\tclass\tmethod\tdescriptor\tindex\tmutator\tline\tdescription\tsource";

    static Mutant parse(String row) {
        String[] is = row.split("\t", -1);
        return new Mutant(
                is[0],
                is[1],
                is[2],
                is[3],
                is[4],
                Integer.parseInt(is[5]),
                is[6],
                Integer.parseInt(is[7]),
                is[8],
                is[9]);
    }

    /** Whether the other one, drawn from another build, changes the same code in the same way. */
    boolean isSame(Mutant other) {
        return className.equals(other.className)
                && method.equals(other.method)
                && descriptor.equals(other.descriptor)
                && index == other.index
                && mutator.equals(other.mutator)
                && description.equals(other.description)
                && source.equals(other.source);
    }

    String packageName() {
        return className.substring(0, className.lastIndexOf('.'));
    }

    /** Its position among the mutants of its module. */
    int number() {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    String row() {
        return String.join(
                "\t",
                id,
                module,
                className,
                method,
                descriptor,
                Integer.toString(index),
                mutator,
                Integer.toString(line),
                description,
                source);
    }
}
