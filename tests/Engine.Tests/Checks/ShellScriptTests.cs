using Plimsoll.Engine.Checks;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class ShellScriptTests
{
    [Theory]
    [InlineData("a b && c || d; e | f & g", "a b/c/d/e/f/g")]
    [InlineData("a 'b c' \"d e\" f\\ g", "a b c d e f g")]
    [InlineData("a >x 2>&1 <y b", "a b")]
    [InlineData("a &>x && b", "a/b")]
    [InlineData("a \"$(b c)\" d", "b c/a $ d")]
    [InlineData("a `b c` d", "b c/a $ d")]
    [InlineData("(a; b) && c", "a/b/$/c")]
    [InlineData("a # b\nc", "a/c")]
    [InlineData("a \\\n b", "a b")]
    [InlineData("a '$(b)' \"it's\"", "a $(b) it's")]
    [InlineData("echo \"a;b\" ';' c", "echo a;b ; c")]
    [InlineData("", "")]
    [InlineData("a \"unclosed $(b 'x", "b x/a unclosed $")]
    [InlineData(") ; a", "a")]
    public void A_script_is_split_into_its_simple_commands(string script, string commands) =>
        Assert.Equal(commands, string.Join('/', ShellScript.Commands(script).Select(words => string.Join(' ', words))));

    [Fact]
    public void Nesting_without_end_is_read_without_end_of_the_stack() => Assert.NotNull(ShellScript.Commands(string.Concat(Enumerable.Repeat("$(`(", 100_000))));
}
