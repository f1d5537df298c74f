package dev.freshet.refresh.parse;

import java.util.Arrays;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.FunctionType;

/**
 * What the parser's C code expects of its surroundings: setjmp and longjmp, by which PostgreSQL
 * raises errors, and memory. It has no files, no clock and no process to end.
 */
final class GrammarHost {
  private static final long UNSUPPORTED = 52; // ENOSYS of WASI
  private static final long[] NOTHING = {};

  private GrammarHost() {}

  static HostFunction function(String module, String name, FunctionType type) {
    return new HostFunction(module, name, type, implementation(name, type));
  }

  private static WasmFunctionHandle implementation(String name, FunctionType type) {
    if (name.startsWith("invoke_")) {
      return (instance, arguments) -> invoke(instance, arguments, type);
    }
    return switch (name) {
      case "_emscripten_throw_longjmp" ->
          (instance, arguments) -> {
            throw new LongJump();
          };
      case "emscripten_resize_heap" -> GrammarHost::resizeHeap;
      case "emscripten_date_now", "emscripten_get_now" ->
          (instance, arguments) -> new long[] {Double.doubleToRawLongBits(0)};
      case "fd_close", "fd_write", "fd_read", "fd_seek", "__syscall_openat" ->
          (instance, arguments) -> new long[] {UNSUPPORTED};
      case "exit", "_abort_js", "__assert_fail" ->
          (instance, arguments) -> {
            throw new IllegalStateException("the parser gave up: " + name);
          };
      default -> throw new IllegalStateException("the parser wants an unknown function: " + name);
    };
  }

  /**
   * Calls a function from under a setjmp: a longjmp lands here, restores the stack and reports
   * itself.
   */
  private static long[] invoke(Instance instance, long[] arguments, FunctionType type) {
    long stack = instance.export("emscripten_stack_get_current").apply()[0];
    try {
      return instance
          .getMachine()
          .call(
              instance.table(0).requiredRef((int) arguments[0]),
              Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (LongJump jump) {
      instance.export("_emscripten_stack_restore").apply(stack);
      instance.export("setThrew").apply(1, 0);
      return type.returns().isEmpty() ? NOTHING : new long[] {0};
    }
  }

  private static long[] resizeHeap(Instance instance, long... arguments) {
    int wanted = Math.ceilDiv((int) arguments[0], run.endive.runtime.Memory.PAGE_SIZE);
    int missing = wanted - instance.memory().pages();
    boolean grown = missing <= 0 || instance.memory().grow(missing) >= 0;
    return new long[] {grown ? 1 : 0};
  }

  /** A longjmp on its way to its setjmp. */
  private static final class LongJump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LongJump() {
      super("longjmp", null, false, false);
    }
  }
}
