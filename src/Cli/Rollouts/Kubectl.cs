using System.Diagnostics;
using System.Text;

namespace Plimsoll.Cli.Rollouts;

/// <summary>Asks the cluster through kubectl, which knows the way in. It is never waited for without end, and never outlives the question.</summary>
/// <param name="access">What is put before each question: the context, the file.</param>
internal sealed class Kubectl(IReadOnlyList<string> access, TimeSpan patience)
{
    const int MostBytes = 64 << 20, MostComplaint = 16 << 10;

    /// <summary>What kubectl prints.</summary>
    /// <exception cref="ClusterException">It failed, it took too long, or it printed too much.</exception>
    public async Task<ReadOnlyMemory<byte>> Ask(IEnumerable<string> question, CancellationToken ct)
    {
        using var process = Start(question);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(patience);
        var said = new MemoryStream();
        try
        {
            // A pipe cannot be cancelled: what still reads is left behind, and ends with the process.
            var complaint = Copy(process.StandardError.BaseStream, said, MostComplaint, stopsWhenFull: false, over.Token);
            var answer = new MemoryStream();
            if (!await Copy(process.StandardOutput.BaseStream, answer, MostBytes, stopsWhenFull: true, over.Token).WaitAsync(over.Token))
                throw new ClusterException($"kubectl answers with more than {MostBytes >> 20} MiB: ask for one namespace");
            await complaint.WaitAsync(over.Token);
            await process.WaitForExitAsync(over.Token);
            return process.ExitCode == 0 ? answer.GetBuffer().AsMemory(0, (int)answer.Length) : throw new ClusterException(KubectlErrors.Explain(process.ExitCode, Text(said)));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ClusterException(KubectlErrors.TooLate(patience, Text(said)));
        }
        finally
        {
            Stop(process);
        }
    }

    Process Start(IEnumerable<string> question)
    {
        // Standard input is inherited: a plugin that signs in may ask.
        var start = new ProcessStartInfo(KubectlProgram.Find(), [.. access, .. question]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // It is for the server alone.
        start.Environment.Remove("PLIMSOLL_TOKEN");
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ClusterException($"kubectl cannot be run: {e.Message}");
        }
    }

    // With what it started: a kubectl may be a script around another, and plugins are processes too.
    static void Stop(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    // Whether all of it fitted. What complains without end is read on, since it would wait for a reader.
    static async Task<bool> Copy(Stream from, MemoryStream to, int most, bool stopsWhenFull, CancellationToken ct)
    {
        var (buffer, fits) = (new byte[1 << 16], true);
        while ((fits || !stopsWhenFull) && await from.ReadAsync(buffer, ct) is > 0 and var read)
            lock (to)
            {
                fits &= read <= most - to.Length;
                to.Write(buffer, 0, (int)Math.Min(read, most - to.Length));
            }
        return fits;
    }

    static string Text(MemoryStream said)
    {
        lock (said)
            return Encoding.UTF8.GetString(said.GetBuffer(), 0, (int)said.Length);
    }
}
