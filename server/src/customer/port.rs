use super::{assign, import, preview_import, search};
use crate::{call::Caller, clock};
use app::{
    customer::{Assignment, CsvFile, CustomerSearch, CustomersFound, ImportReport, Port},
    failure::Answer,
    id::CustomerId,
};

impl Port for Caller {
    fn search_customers(&self, words: CustomerSearch) -> Answer<'_, CustomersFound> {
        Box::pin(async move { Ok(search(&self.state, self.session()?.organisation, &words).await?) })
    }

    fn assign_customers(&self, customers: Vec<CustomerId>, assignment: Assignment) -> Answer<'_, usize> {
        Box::pin(async move {
            let work = self.write(|writing, _| Box::pin(async move { assign(writing, &customers, &assignment).await }));
            Ok(work.await?)
        })
    }

    fn preview_import(&self, file: CsvFile) -> Answer<'_, ImportReport> {
        Box::pin(async move { Ok(preview_import(&self.state, self.session()?.organisation, &file, clock::now()).await?) })
    }

    fn import(&self, file: CsvFile) -> Answer<'_, ImportReport> {
        Box::pin(async move { Ok(self.write(|writing, _| Box::pin(async move { import(writing, &file).await })).await?) })
    }
}
