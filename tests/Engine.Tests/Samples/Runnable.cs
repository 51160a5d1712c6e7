using System.Diagnostics;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>
/// Programs that tests write. Linux starts none that anybody has open for writing, and whatever another test starts while this one writes holds
/// the file open for a moment: so a program of its own writes it.
/// </summary>
internal static class Runnable
{
    /// <summary>Makes a program of a file.</summary>
    public static void Make(string file)
    {
        var text = $"{file}.text";
        File.Move(file, text);
        using var install = Process.Start("install", ["-m", "700", text, file]);
        install.WaitForExit();
        Assert.True(install.ExitCode == 0, $"install exited with {install.ExitCode}");
        File.Delete(text);
    }
}
