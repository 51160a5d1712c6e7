using System.Text;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Dockerfiles;

/// <summary>A diff on standard output: byte for byte into a pipe, and safe with colours on a terminal.</summary>
internal static class DiffOutput
{
    public static void Write(IEnumerable<string> lines)
    {
        if (!Console.IsOutputRedirected)
        {
            using var screen = Screen.OnStandardOutput();
            foreach (var line in lines)
                screen.Write(line, line[0] switch { '+' => Tone.Good, '-' => Tone.Wasted, '@' => Tone.Accent, _ => Tone.Plain });
            return;
        }
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var line in lines)
            output.WriteLine(line);
    }
}
