import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pitest.bytecode.analysis.ClassTree;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.classinfo.ClassName;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.build.MutationInterceptor;
import org.pitest.mutationtest.config.PluginServices;
import org.pitest.mutationtest.config.ReportOptions;
import org.pitest.mutationtest.config.SettingsFactory;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;
import org.pitest.reloc.asm.ClassReader;
import org.pitest.reloc.asm.ClassVisitor;
import org.pitest.reloc.asm.ClassWriter;
import org.pitest.reloc.asm.MethodVisitor;
import org.pitest.reloc.asm.Opcodes;

/**
 * The mutations of pitest's default operators in the main classes of a module, without those that pitest filters out.
 */
final class Engine {
    private final Path root;
    private final String module;
    private final Mutater mutater;
    private final ClassByteArraySource bytes;
    private final MutationInterceptor filters;

    Engine(Path root, String module) {
        this.root = root;
        this.module = module;
        Path classes = root.resolve(module).resolve("target/classes");
        ClassLoader others = new URLClassLoader(libraries(root, module), ClassLoader.getPlatformClassLoader());
        bytes = name -> read(classes, others, name.replace('.', '/') + ".class");
        mutater = new GregorEngineFactory()
                .createEngine(EngineArguments.arguments())
                .createMutator(bytes);
        ReportOptions options = new ReportOptions();
        options.setCodePaths(List.of(classes.toString()));
        options.setClassPathElements(List.of(classes.toString()));
        options.setTargetClasses(List.of("uk.fpw.*"));
        SettingsFactory settings = new SettingsFactory(options, PluginServices.makeForContextLoader());
        var code = settings.createCodeSource(options.getMutationClassPaths());
        filters = settings.getInterceptor().createInterceptor(options, null, bytes, null, code);
        filters.initialise(code);
    }

    List<MutationDetails> all() throws IOException {
        Path classes = root.resolve(module).resolve("target/classes");
        List<MutationDetails> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                found.addAll(in(name));
            }
        }
        found.sort(Comparator.comparing(MutationDetails::getId));
        return found;
    }

    Collection<MutationDetails> in(String className) {
        List<MutationDetails> found = mutater.findMutations(ClassName.fromString(className));
        if (found.isEmpty()) {
            return found;
        }
        filters.begin(ClassTree.fromBytes(bytes.getBytes(className).orElseThrow()));
        Collection<MutationDetails> left = filters.intercept(found, mutater);
        filters.end();
        return left;
    }

    /** The bytes of the class with the mutation; empty if this build has no such code. */
    Optional<byte[]> mutated(Mutant mutant) throws IOException {
        boolean isThere = Files.exists(root.resolve(module)
                .resolve("target/classes")
                .resolve(mutant.className().replace('.', '/') + ".class"));
        for (MutationDetails mutation : isThere ? in(mutant.className()) : List.<MutationDetails>of()) {
            if (mutant(mutant.id(), mutation).isSame(mutant)) {
                return Optional.of(mutater.getMutation(mutation.getId()).getBytes());
            }
        }
        return Optional.empty();
    }

    /** The bytes of a class in which the methods of these mutants create a file named after the mutant when called. */
    byte[] probed(String className, List<Mutant> mutants, Path folder) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(bytes.getBytes(className).orElseThrow())
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String generic, String[] thrown) {
                                MethodVisitor method = super.visitMethod(access, name, descriptor, generic, thrown);
                                return new MethodVisitor(Opcodes.ASM9, method) {
                                    @Override
                                    public void visitCode() {
                                        super.visitCode();
                                        for (Mutant mutant : mutants) {
                                            if (mutant.method().equals(name)
                                                    && mutant.descriptor().equals(descriptor)) {
                                                visitTypeInsn(Opcodes.NEW, "java/io/File");
                                                visitInsn(Opcodes.DUP);
                                                visitLdcInsn(folder.resolve(mutant.id())
                                                        .toString());
                                                visitMethodInsn(
                                                        Opcodes.INVOKESPECIAL,
                                                        "java/io/File",
                                                        "<init>",
                                                        "(Ljava/lang/String;)V",
                                                        false);
                                                visitMethodInsn(
                                                        Opcodes.INVOKEVIRTUAL,
                                                        "java/io/File",
                                                        "createNewFile",
                                                        "()Z",
                                                        false);
                                                visitInsn(Opcodes.POP);
                                            }
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    Mutant mutant(String id, MutationDetails mutation) throws IOException {
        var at = mutation.getId().getLocation();
        String className = at.getClassName().asJavaName();
        String folder = className.substring(0, className.lastIndexOf('.')).replace('.', '/');
        List<String> lines = Files.readAllLines(root.resolve(module)
                .resolve("src/main/java")
                .resolve(folder)
                .resolve(mutation.getFilename()));
        String mutator = mutation.getMutator();
        return new Mutant(
                id,
                module,
                className,
                at.getMethodName(),
                at.getMethodDesc(),
                mutation.getFirstIndex(),
                mutator.substring(mutator.lastIndexOf('.') + 1),
                mutation.getLineNumber(),
                mutation.getDescription(),
                lines.get(mutation.getLineNumber() - 1).strip().replace('\t', ' '));
    }

    /** The class path of the module: pitest looks up the common superclasses of the classes that the code names. */
    private static URL[] libraries(Path root, String module) {
        try {
            List<URL> urls = new ArrayList<>();
            for (String entry : new Suite(root, "unit", module).classPath()) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<byte[]> read(Path classes, ClassLoader others, String file) {
        try (InputStream in = Files.exists(classes.resolve(file))
                ? Files.newInputStream(classes.resolve(file))
                : others.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
