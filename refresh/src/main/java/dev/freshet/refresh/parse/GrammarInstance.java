package dev.freshet.refresh.parse;

import java.nio.charset.StandardCharsets;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;

/**
 * One running copy of PostgreSQL's parser: its memory and its C stack.
 *
 * <p>Not thread-safe. A {@link SqlSyntaxException} leaves it usable; after any other exception its
 * memory is in an unknown state and it must be thrown away. The calling thread needs a Java stack
 * of {@link #JAVA_STACK_BYTES}.
 */
final class GrammarInstance {
  /** The Java stack on which nesting a thousand levels deep is parsed. */
  static final long JAVA_STACK_BYTES = 64L << 20;

  private static final int C_STACK_BYTES = 16 << 20;

  // struct { char *tree; char *stderr; Error *error }, struct Error { char *message, *function,
  // *file; int line, cursor; … }
  private static final int ERROR_OFFSET = 8;
  private static final int CURSOR_OFFSET = 16;

  /** What the parser says when its own stack, of 10,000 symbols, is full. */
  private static final String EXHAUSTED = "memory exhausted";

  private final Instance instance;
  private final Memory memory;

  GrammarInstance() {
    instance =
        Instance.builder(PostgresGrammar.load())
            .withImportValues(imports(PostgresGrammar.load()))
            .withStart(false)
            .withMachineFactory(PostgresGrammar::create)
            .build();
    memory = instance.memory();
    instance.export("__wasm_call_ctors").apply();
    // The module's own C stack of 64 kB overflows at a nesting of about 70.
    int base = allocate(C_STACK_BYTES);
    instance.export("_emscripten_stack_restore").apply((base + C_STACK_BYTES) & ~15);
  }

  /** The parse tree of the statements in the text, as JSON. */
  String parse(String sql) {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    int address = allocate(text.length + 1);
    memory.write(address, text);
    memory.writeByte(address + text.length, (byte) 0);
    int result = (int) instance.export("parse_sql").apply(address)[0];
    try {
      int error = memory.readInt(result + ERROR_OFFSET);
      if (error != 0) {
        throw refusal(string(memory.readInt(error)), memory.readInt(error + CURSOR_OFFSET));
      }
      return string(memory.readInt(result));
    } finally {
      instance.export("free_parse_result").apply(result);
      instance.export("free").apply(address);
    }
  }

  private static RuntimeException refusal(String message, int cursor) {
    return message.startsWith(EXHAUSTED)
        ? UnsupportedSyntaxException.tooDeep()
        : new SqlSyntaxException(message, cursor);
  }

  private int allocate(int bytes) {
    int address = (int) instance.export("malloc").apply(bytes)[0];
    if (address == 0) {
      throw new IllegalStateException("the parser has no memory left for " + bytes + " bytes");
    }
    return address;
  }

  private String string(int address) {
    return memory.readCString(address, StandardCharsets.UTF_8);
  }

  private static ImportValues imports(WasmModule module) {
    ImportFunction[] functions =
        module.importSection().stream()
            .filter(FunctionImport.class::isInstance)
            .map(FunctionImport.class::cast)
            .map(wanted ->
                GrammarHost.function(
                    wanted.module(),
                    wanted.name(),
                    module.typeSection().getType(wanted.typeIndex())))
            .toArray(HostFunction[]::new);
    return ImportValues.builder().addFunction(functions).build();
  }
}
