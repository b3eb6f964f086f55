using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.Tasks;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Package.Tests.Tasks;

/// <summary>The service of <c>samples/tasks</c>, started on a free port of this machine, asked, and stopped.</summary>
public sealed class WebTests
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_service_answers_with_the_integers_of_the_model()
    {
        using var folder = new TemporaryFolder();
        using Process service = Start(folder);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(await AddressAsync(service)), Timeout = Limit };
            string model = RepositoryRoot.Combine("samples", "models", "pendigits-1336.hgq.json");
            var interpreter = new ReferenceInterpreter(Lowerer.Lower(ModelReader.ReadFile(model)));
            foreach (string[] row in TaskProgram.Rows("pendigits.tsv.gz", '\t').Take(50))
            {
                double[] features = TaskProgram.Numbers(row[..^1]);
                using var response = await client.PostAsJsonAsync("/classify", features);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Answer answer = (await response.Content.ReadFromJsonAsync<Answer>())!;

                // A score is an integer times a power of two, which its digits give back exactly.
                double[] wanted = interpreter.Decode(interpreter.Predict(features));
                Assert.Equal(wanted.Select(score => (float)score), answer.Scores);
                Assert.Equal(Array.IndexOf(wanted, wanted.Max()), answer.Digit);
            }

            using var refused = await client.PostAsJsonAsync("/classify", new[] { 1.0, 2.0 });
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("16 finite numbers are needed, and 2 came", await refused.Content.ReadAsStringAsync());
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
        }
    }

    private static Process Start(TemporaryFolder folder)
    {
        var start = new ProcessStartInfo("dotnet", TaskProgram.Command("web-endpoint", "--urls", "http://127.0.0.1:0"))
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in TaskProgram.Environment(folder.Combine("builds")))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<string> AddressAsync(Process service)
    {
        string said = "";
        while (await service.StandardOutput.ReadLineAsync().WaitAsync(Limit) is { } line)
        {
            said += line + "\n";
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                return line[(at + Listening.Length)..].Trim();
            }
        }

        throw new InvalidOperationException($"The service did not start.\n{said}{await service.StandardError.ReadToEndAsync()}");
    }

    private sealed record Answer(int Digit, float[] Scores);
}
