package io.millrace.local.demo;

import com.example.millrace.ApiClient;
import com.example.millrace.ApiException;
import com.example.millrace.api.JobsApi;
import com.example.millrace.model.InferenceRequest;
import com.example.millrace.model.Job;
import com.example.millrace.model.Tensor;
import java.net.URI;

/** The API through a client that was generated from its own description. */
final class GeneratedClient {

  private final JobsApi jobs;

  GeneratedClient(URI api) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(api.toString());
    jobs = new JobsApi(client);
  }

  Job submit(String model, String text) throws ApiException {
    InferenceRequest request =
        new InferenceRequest()
            .addInputsItem(
                new Tensor()
                    .name("text")
                    .datatype(Tensor.DatatypeEnum.BYTES)
                    .addShapeItem(1L)
                    .addDataItem(text));
    return jobs.submitJob(
        JobsApi.APISubmitJobRequest.newBuilder().model(model).inferenceRequest(request).build());
  }

  Job poll(String id) throws ApiException {
    return jobs.getJob(JobsApi.APIGetJobRequest.newBuilder().id(id).build());
  }

  Job await(String id) throws ApiException {
    return jobs.getJob(JobsApi.APIGetJobRequest.newBuilder().id(id).prefer("wait=60").build());
  }

  Job cancel(String id) throws ApiException {
    return jobs.cancelJob(JobsApi.APICancelJobRequest.newBuilder().id(id).build());
  }
}
