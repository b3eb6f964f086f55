#:sdk Microsoft.NET.Sdk.Web
#:property HgqModel=../models/pendigits-1336.hgq.json

// A service that classifies: the model is compiled in, one instance serves all requests.
//   dotnet run samples/tasks/web-endpoint.cs --urls http://127.0.0.1:5000
//   curl -d "[47,100,27,81,57,37,26,0,0,23,56,53,100,90,40,98]" -H "Content-Type: application/json" http://127.0.0.1:5000/classify
using System.Linq;
using HGQ;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<IHgqModel, Digits>();
WebApplication app = builder.Build();

app.MapPost("/classify", (float[] features, IHgqModel model) =>
{
    if (features.Length != model.InputSize || !features.All(float.IsFinite))
    {
        return Results.BadRequest($"{model.InputSize} finite numbers are needed, and {features.Length} came");
    }

    float[] scores = new float[model.OutputSize];
    model.Predict(features, scores);
    return Results.Ok(new Answer(model.Classify(features), scores));
});
app.Run();

internal sealed record Answer(int Digit, float[] Scores);

/// <summary>The members come from the model; being no static class, it implements <see cref="IHgqModel"/>.</summary>
[HgqModel("pendigits-1336.hgq.json")]
public sealed partial class Digits;
